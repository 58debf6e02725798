# SPDX-License-Identifier: Apache-2.0
GO ?= go
PROVE_MINUTES ?= 125

# The kernels of SIMD instructions are an experiment of Go since 1.26; plain loops give the same numbers.
# GOEXPERIMENT in the environment, even if empty, is left as it is.
ifeq ($(origin GOEXPERIMENT),undefined)
ifneq ($(shell GOEXPERIMENT=simd $(GO) list simd/archsimd 2>/dev/null),)
export GOEXPERIMENT := simd
else
$(info make: this Go has no simd/archsimd; plain loops give the same numbers, slower)
endif
endif

.PHONY: build demo test check prove bench clean

build:
	@$(GO) build -o bin/offtake ./cmd/offtake

# The main job on a real deal: its report.
demo: build
	@bin/offtake run deals/amazon-anthropic-2026/deal.yaml

# Every test, and each library deal's own expectations.
test: build
	@scripts/test $(GO)

# Format, vet, imports, sizes.
check:
	@scripts/check $(GO)

# Long: fuzzing, random deals and coverage over many seeds, scaled by PROVE_MINUTES.
prove: build
	@PROVE_MINUTES=$(PROVE_MINUTES) scripts/prove $(GO)

# Benchmarks: ratios within one run, each with a hash of its result.
bench:
	@scripts/bench $(GO)

clean:
	@rm -rf bin bench/out
