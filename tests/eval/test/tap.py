"""TAP for Python tests: check(got, want), then done()."""
import pathlib
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))


def near(got, want):
    if isinstance(want, float):
        return abs(got - want) < 1e-6
    if isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(near(a, b) for a, b in zip(got, want))
    return got == want


class Test:
    def __init__(self):
        self.bad = False

    def check(self, got, want):
        if not near(got, want):
            self.bad = True
            caller = traceback.extract_stack()[-2]
            print(f"# {pathlib.Path(caller.filename).name}:{caller.lineno}: {got!r}, want {want!r}")


def run(functions):
    failed = 0
    for i, function in enumerate(functions, start=1):
        test = Test()
        try:
            function(test)
        except Exception as error:
            test.bad = True
            print("# " + repr(error))
        failed += test.bad
        print(f"{'not ok' if test.bad else 'ok'} {i} - {function.__name__}")
    print(f"1..{len(functions)}")
    sys.exit(bool(failed))


def tests_of(names):
    return [value for name, value in names.items() if name.startswith("test_")]
