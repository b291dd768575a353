# The front door.  Meson and Ninja do the work; `make help` names the rest.
.POSIX:
BUILD = build

help:
	@echo "make run         install what is missing, build, serve the demo"
	@echo "make test        the same for all tests (about 15 minutes)"
	@echo "make build       only build/fjouwer"
	@echo "make check-long  hours: crashes, fuzzing, soak, valgrind"
	@echo "make bench       speed, with a report in doc/reports/"

setup:
	@tools/setup build

$(BUILD)/build.ninja: meson.build
	@CC=$${CC:-gcc} meson setup $(BUILD) >/dev/null || CC=$${CC:-gcc} meson setup --wipe $(BUILD)

build: setup $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet src/app/fjouwer
	@ln -sf src/app/fjouwer $(BUILD)/fjouwer

run: build
	@$(BUILD)/fjouwer demo --serve

test:
	@tools/setup test
	@tests/run

check-long:
	@tools/setup test
	@tests/run-long

bench:
	@tools/setup bench
	@tests/bench/run

clean:
	rm -rf build build-*

.PHONY: help setup build run test check-long bench clean
