"""Currencies, and whether an advertised figure agrees with the ranges beside it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from requisitions.paylaw.gate import A_YEAR, Range

# ISO 4217, the currencies that people are paid in; funds, metals and test codes are left out.
CURRENCIES = frozenset([
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
    "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN",
    "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
    "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES",
    "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL",
    "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
    "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
])  # fmt: skip
# Hours in a year differ from firm to firm: a figure of another period may be so far off.
LEEWAY = Decimal("0.05")


def disagreements(advertised: Mapping[str, Any] | None, ranges: Iterable[Range]) -> list[str]:
    """Where one advertised {amount, currency, period} and the ranges cannot both hold."""
    beside = list(ranges)
    if not advertised or not beside or advertised.get("amount") is None:
        return []
    amount = Decimal(str(advertised["amount"]))
    currency, period = advertised.get("currency") or "", advertised.get("period") or ""
    said = f"{amount:,.0f} {currency}".strip() + (f" a {period}" if period else "")
    alike = [each for each in beside if not currency or each.currency in (currency, "")]
    if not alike:
        held = ", ".join(dict.fromkeys(each.currency for each in beside))
        return [f"The advertised figure is {said}, and the pay ranges are in {held}."]
    if any(holds(each, amount, period) for each in alike):
        return []
    stated = "; ".join(f"{each.words} a {each.period}".removesuffix(" a ") for each in alike)
    where = f"The advertised {said} lies outside of every pay range ({stated})"
    return [f"{where}: both are kept, correct the one that is wrong."]


def holds(pay: Range, amount: Decimal, period: str) -> bool:
    if period == pay.period or not period or not pay.period:
        return pay.minimum <= amount <= pay.maximum
    a_year, times = amount * A_YEAR[period], A_YEAR[pay.period]
    return pay.minimum * times * (1 - LEEWAY) <= a_year <= pay.maximum * times * (1 + LEEWAY)
