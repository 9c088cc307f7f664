from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# Any language: words as they are, in small letters and without accents.
ANY_LANGUAGE = """
CREATE TEXT SEARCH CONFIGURATION any_language (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION any_language
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart,
        hword_part, hword_numpart
    WITH public.unaccent, pg_catalog.simple;
"""
# PostgreSQL's parser takes `java/kotlin` for the name of a file and `node.js` for a host: what
# joins words is a blank here. Signs of scripts that do not part their words stand by themselves,
# so that a piece of a sentence is found as a phrase. Only C#, C++ and .NET would lose their name.
PLAIN_WORDS = r"""
CREATE FUNCTION plain_words(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace(
    pg_catalog.regexp_replace(
        pg_catalog.regexp_replace(
            pg_catalog.regexp_replace(
                pg_catalog.regexp_replace(
                    normalize($1, NFKC), '\m([CF])#', '\1sharp ', 'gi'
                ), '\m([CJ])\+\+', '\1plusplus ', 'gi'
            ), '(^|[^[:alnum:]])\.NET\M', '\1 dotnet ', 'gi'
        ), '[!-/:-@[-`{-~\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2010-\u205e]+', ' ', 'g'
    ),
    '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af])',
    ' \1 ', 'g'
);
"""
# A vector holds a megabyte at most: 150,000 signs of any text fit.
WORDS = """
CREATE FUNCTION search_words(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.to_tsvector('public.any_language'::regconfig, public.plain_words($1));

CREATE FUNCTION profile_words(name text, location text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.setweight(public.search_words($1 || ' ' || $2), 'A');

CREATE FUNCTION resume_words(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN public.search_words(pg_catalog.left($1, 150000));

CREATE FUNCTION search_phrase(text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.phraseto_tsquery('public.any_language'::regconfig, public.plain_words($1));

CREATE FUNCTION search_prefix(text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN pg_catalog.numnode(public.search_phrase($1)) = 0
    THEN public.search_phrase($1)
    ELSE (public.search_phrase($1)::text || ':*')::tsquery END;
"""
GONE = """
DROP FUNCTION search_prefix(text);
DROP FUNCTION search_phrase(text);
DROP FUNCTION resume_words(text);
DROP FUNCTION profile_words(text, text);
DROP FUNCTION search_words(text);
"""


class Migration(migrations.Migration):

    dependencies = [("candidates", "0019_states_of_planned_rejections")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(ANY_LANGUAGE, "DROP TEXT SEARCH CONFIGURATION any_language"),
        migrations.RunSQL(PLAIN_WORDS, "DROP FUNCTION plain_words(text)"),
        migrations.RunSQL(WORDS, GONE),
    ]
