from django.db import migrations

REASONS = {
    "we_rejected": [
        "Missing a required qualification",
        "Less evidence than others in the competencies",
        "Another person was chosen",
        "The role was closed",
    ],
    "they_withdrew": [
        "Took another position",
        "Pay or conditions",
        "Place or working hours",
        "No answer",
    ],
}


def add(apps, schema_editor):
    """A new installation can reject somebody with a reason on its first day."""
    reason = apps.get_model("candidates", "RejectionReason")
    for kind, names in REASONS.items():
        for name in names:
            reason.objects.get_or_create(name=name, defaults={"kind": kind})


def remove(apps, schema_editor):
    """Only those that nobody used."""
    reason = apps.get_model("candidates", "RejectionReason")
    used = apps.get_model("candidates", "Application").objects.exclude(rejection_reason=None)
    names = [name for some in REASONS.values() for name in some]
    unused = reason.objects.filter(name__in=names).exclude(pk__in=used.values("rejection_reason"))
    unused.delete()


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_known_address_states")]

    operations = [migrations.RunPython(add, remove)]
