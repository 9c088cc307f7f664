from django.db import migrations


class Migration(migrations.Migration):
    """Nobody wrote down why until now."""

    dependencies = [
        ('candidates', '0012_resumes_wait_for_a_reader'),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE candidates_resume
            SET problem = CASE status WHEN 'no_text' THEN 'empty' ELSE 'broken' END
            WHERE status IN ('no_text', 'not_read')
            """,
            migrations.RunSQL.noop,
        ),
    ]
