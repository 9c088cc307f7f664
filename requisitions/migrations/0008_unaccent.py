from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("requisitions", "0007_library_of_competencies")]

    operations = [UnaccentExtension()]
