"""What was published before lists had columns of their own: they are filled from the versions."""

from django.db import migrations

FILL = """
UPDATE requisitions_jobposting AS posting SET
    department = coalesce(content->>'department', ''),
    workplace = coalesce(content->>'workplace', ''),
    employment_type = coalesce(content->>'employment_type', ''),
    places = ARRAY(
        SELECT place->>'text' FROM jsonb_array_elements(content->'locations') AS place
    ),
    search =
        setweight(to_tsvector('simple', unaccent(content->>'title')), 'A')
        || setweight(to_tsvector('english', unaccent(content->>'title')), 'A')
        || setweight(to_tsvector('simple', unaccent(left(content::text, 50000))), 'C')
        || setweight(to_tsvector('english', unaccent(left(content::text, 50000))), 'C')
FROM requisitions_postingversion AS kept
WHERE kept.posting_id = posting.id AND kept.number = posting.version
"""


class Migration(migrations.Migration):

    dependencies = [("requisitions", "0009_postings_on_time")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
