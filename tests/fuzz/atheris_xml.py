"""python -m tests.fuzz.atheris_xml -max_total_time=60: libFuzzer on the readers of NITF, NewsML and feeds."""

from tests.fuzz.guided import main

if __name__ == "__main__":
    main("nitf", "newsml", "feed")
