"""Pure: which records are the same person, how sure, and why. Imports no Django.

`find.find_groups(people)` reads a whole file; `blocks.keys_of(person)` and `find.Matcher` check one
newcomer against a few. The order of thinking, one module each:

1. `people`: a record as it came, and what can be compared of it (scripts, accents, formats).
2. `blocks`: keys under which records meet, so that nobody is compared with everybody.
3. `compare`: two records, field by field: same, similar in which way, different, or not known.
4. `odds`: what each of these says, in bits (Fellegi and Sunter), learnt from the file itself.
5. `groups`: groups out of pairs, so that one weak link never chains strangers together.
"""
