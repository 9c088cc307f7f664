"""Questions that ask for pay history, and those that only sound like it, in many languages."""

import pytest

from requisitions.pay_history import asks_for_pay_history

REFUSED = """
What is your current salary?
Current salary
Current CTC
Last drawn CTC
Previous compensation
What were you paid in your last role?
How much do you currently earn?
What do you earn now?
What did you make at your previous job?
Salary history
Salary in your last position
Please upload your last three payslips
CTC (current)
Salary - current
Current annual base salary in USD
Most recent base salary
What is your present monthly compensation package?
Current and expected CTC
CURRENT  SALARY
current_salary
Gehalt aktuell
Aktuelles Gehalt
Wie hoch ist Ihr derzeitiges Jahresgehalt?
Was verdienen Sie derzeit?
Wie viel verdienst du?
Letztes Bruttogehalt
Bisherige Vergütung
Gehaltsnachweise der letzten drei Monate
Ihr Gehalt bei Ihrem letzten Arbeitgeber
Salaire actuel
Quel est votre salaire actuel ?
Rémunération actuelle brute
Dernier salaire perçu
Salaire annuel brut actuel
Combien gagnez-vous ?
Trois derniers bulletins de salaire
Historique de rémunération
Salario actual
Sueldo bruto anual actual
¿Cuánto ganas actualmente?
Último sueldo
Historial salarial
Salário atual
Qual é o seu último salário?
Pretensão e salário atual
RAL attuale
Retribuzione annua lorda attuale
Ultima busta paga
Huidig salaris
Wat verdien je nu?
Laatstverdiende salaris
Nuvarande lön
Vad är din nuvarande månadslön?
Nuværende løn
Obecne wynagrodzenie
Ile zarabiasz?
現在の年収
現年収
前職の給与
直近の年収を教えてください
年収（現在）
源泉徴収票
目前薪资
您目前的年薪是多少?
上一份工作的薪资
現在および希望年収
目前和期望薪资
Current/expected CTC
What is your current package?
Salário mensal atual
How much did you make at your last job?
Aktuelles und gewünschtes Gehalt
Salaire actuel et souhaité
What's your current total on-target earnings (OTE)?
"""
ALLOWED = """
What are your salary expectations?
Expected salary
Desired CTC
Salary expectation for this role
What is your expected compensation?
Are you currently able to accept a salary in the range of 90,000 to 120,000?
Is the salary range acceptable to you?
What current salary expectations do you have?
Where is your current location?
What is your current notice period?
Current employer
Describe the last compensation survey you ran
Tell us about a payroll system you know
What is your desired salary, and where do you live now?
Your expected salary, and your current location
Do you have experience with current pay transparency laws?
What decisions did you make last year?
How do you make sense of data?
Do you need a visa at present?
Have you paid for services in the past?
Gehaltsvorstellung
Ihre aktuelle Gehaltsvorstellung
Welches Gehalt erwarten Sie?
Ihr aktueller Arbeitgeber
Gewünschtes Jahresgehalt
Frühester Eintrittstermin und Gehaltswunsch
Prétentions salariales
Salaire souhaité
Votre poste actuel
Expectativa salarial
Salario deseado
¿Cuál es tu pretensión salarial actual?
Pretensão salarial
RAL desiderata
Salarisindicatie
Gewenst salaris
Huidige functie
Löneanspråk
Oczekiwane wynagrodzenie
希望年収
現在の希望年収
現在の職種
期望薪资
目前的职位
目前期望薪资
What do you earn trust with?
Your present role, in one sentence
What did you learn in your last job?
How did you earn your customers' trust?
What do you do to make a team better?
What have you made recently that you are proud of?
Past experience with income tax
Describe your last base camp
Do you have current experience with compensation?
Are you willing to work for the pay offered?
Do you have experience in base building?
Has your previous employer offered a bonus programme?
In your last project, which package managers did you use?
What is your current technology package?
First name, last name, salary expectation
What is your last name? Salary expectation?
Where do you live at present? What pay do you expect?
Vos prétentions de salaire et votre poste actuel
What is the last book you read? Salary wish?
Have you managed a salary review in your previous role?
"""


@pytest.mark.parametrize("text", REFUSED.strip().splitlines())
def test_asking_what_somebody_earns_or_earned_is_seen(text: str) -> None:
    assert asks_for_pay_history(text)


@pytest.mark.parametrize("text", ALLOWED.strip().splitlines())
def test_asking_what_somebody_expects_or_anything_else_is_allowed(text: str) -> None:
    assert asks_for_pay_history(text) == ""


def test_what_hides_between_the_letters_does_not_help() -> None:
    assert asks_for_pay_history("Cur\u200brent sal\u00adary")
    assert asks_for_pay_history("\uff23urrent_salary")


def test_the_words_are_pointed_at() -> None:
    said = "Tell us about yourself. What is your CURRENT base salary, roughly?"
    assert asks_for_pay_history(said) == "current base salary"


def test_a_long_text_is_read_quickly() -> None:
    assert asks_for_pay_history("aktuell " * 5000 + "w" * 20_000) == ""
