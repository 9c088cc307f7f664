from django.db import migrations

# `unaccent` itself depends on a setting; with its dictionary named it does not, so that an index
# can hold what it returns. Names are whole: indexes are restored with an empty search path.
FOLDED = """
CREATE FUNCTION folded(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFKC)));
"""


class Migration(migrations.Migration):

    dependencies = [
        ("candidates", "0005_offers_asked_again"),
        ("requisitions", "0008_unaccent"),
    ]

    operations = [migrations.RunSQL(FOLDED, "DROP FUNCTION folded(text)")]
