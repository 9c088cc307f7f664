# Two commands: `make run` and `make test`. Each sets up what it needs; the machine needs
# make, and a Python from 3.11 on with its venv module.

PORT = 8000
PEOPLE = 20000
LOOPS = 125
PYTHON = .venv/bin/python
PACKAGES = ats requisitions candidates interviews
# What a deployment sets, for the deployment checks.
PRODUCTION = DATABASE_URL=postgresql://db/evenhand REDIS_URL=redis://valkey/0 \
	SECRET_KEY=only-for-the-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH \
	SITE_URL=https://jobs.acme.org ALLOWED_HOSTS=jobs.acme.org COMPANY_NAME=Acme \
	EMAIL_URL=smtp+tls://mail.acme.org:587 DEFAULT_FROM_EMAIL=jobs@acme.org
# $(call timed,name,command): says how long it took and keeps its exit code.
timed = @begin=$$(date +%s); $(2); code=$$?; \
	echo "-- $(1): $$(( $$(date +%s) - begin )) s"; exit $$code

.PHONY: help run reset setup test test-long readers lint fmt docs bench loops duplicates

help:
	@echo "make run        everything on http://127.0.0.1:$(PORT)/ (PORT=8010 for another port)"
	@echo "make reset      delete all data of make run"
	@echo "make test       style, types, contracts, migrations, deployment checks, all tests"
	@echo "make test-long  long property runs and fuzzing"
	@echo "make readers    readers of job boards, downloaded unmodified, read ours"
	@echo "make lint, fmt  check, or mend, the style"
	@echo "make docs       write the generated pages"
	@echo "make loops      the loop solver beside an integer programming one (LOOPS=500 for more)"
	@echo "make duplicates who is who, on public sets of people (downloads them)"
	@echo "make bench      each endpoint beside bare SQL (PEOPLE=100000 for a larger company)"

run:
	@sh .ci/setup run
	@exec $(PYTHON) manage.py up --port $(PORT)

reset:
	@sh .ci/setup run
	@exec $(PYTHON) manage.py up --reset

setup:
	@sh .ci/setup test

test: lint
	$(call timed,tests,$(PYTHON) -m pytest -n 2 --dist loadgroup)

test-long:
	@sh .ci/setup oracle
	$(call timed,long tests,$(PYTHON) -m pytest -m long)

readers: setup
	$(call timed,readers,$(PYTHON) -m pytest -m readers tests/readers -s -rs)

lint: setup
	$(call timed,style,$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check .)
	$(call timed,types,$(PYTHON) -m mypy $(PACKAGES))
	$(call timed,contracts,.venv/bin/lint-imports)
	$(call timed,migrations,$(PYTHON) -W ignore::RuntimeWarning \
		manage.py makemigrations --check --dry-run)
	$(call timed,deployment,env $(PRODUCTION) \
		$(PYTHON) manage.py check --deploy --fail-level WARNING)

fmt: setup
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

docs: setup
	$(PYTHON) manage.py docs

bench: setup
	$(PYTHON) -m bench $(PEOPLE)

loops:
	@sh .ci/setup oracle
	$(PYTHON) -m bench.loops $(LOOPS)

duplicates: setup
	$(PYTHON) -m bench.duplicates
