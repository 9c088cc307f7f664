from django.db import migrations

FILL = """
INSERT INTO candidates_searchwords (candidate_id, words)
SELECT id, profile_words(name, location) FROM candidates_candidate;
INSERT INTO candidates_searchwords (candidate_id, resume_id, application_id, words)
SELECT c.id, r.id, r.application_id, profile_words(c.name, c.location) || resume_words(r.text)
FROM candidates_resume r JOIN candidates_candidate c ON c.id = r.candidate_id
WHERE r.text <> '';
"""


class Migration(migrations.Migration):

    dependencies = [("candidates", "0021_search")]

    operations = [migrations.RunSQL(FILL, "DELETE FROM candidates_searchwords")]
