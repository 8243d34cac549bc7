"""python -m tests.fuzz.atheris_html -max_total_time=60: libFuzzer on the reader of web pages."""

from tests.fuzz.guided import main

if __name__ == "__main__":
    main("html")
