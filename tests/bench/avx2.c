/* Hides AVX-512, AMX and bfloat16 from every library of a process, so that a larger processor computes as an AVX2 one does.
 *
 *     cc -O2 -shared -fPIC -o avx2.so tests/bench/avx2.c && LD_PRELOAD=$PWD/avx2.so python ...
 *
 * PyTorch, oneDNN and OpenVINO have variables for that (ATEN_CPU_CAPABILITY, ONEDNN_MAX_CPU_ISA); ONNX Runtime asks the
 * processor itself. Linux can make the CPUID instruction fault (arch_prctl ARCH_CPUID); the handler then runs it and clears the
 * bits of what is to be hidden. What remains different from a true AVX2 processor: clock rates, caches, memory.
 * Ends the process (exit code 77) where the processor or the kernel cannot do that.
 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <cpuid.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef ARCH_CPUID
#define ARCH_CPUID 0x1012
#endif

static const uint32_t AVX512_EBX = 1u << 16 | 1u << 17 | 1u << 21 | 1u << 26 | 1u << 27 | 1u << 28 | 1u << 30 | 1u << 31;
static const uint32_t AVX512_ECX = 1u << 1 | 1u << 6 | 1u << 11 | 1u << 12 | 1u << 14;
static const uint32_t AVX512_AMX_EDX = 1u << 2 | 1u << 3 | 1u << 8 | 1u << 22 | 1u << 23 | 1u << 24 | 1u << 25;
static const uint32_t VNNI_BF16_FP16_EAX = 1u << 4 | 1u << 5 | 1u << 21 | 1u << 23;

static void answer(int number, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const uint8_t *at = (const uint8_t *)registers[REG_RIP];
    if (at[0] != 0x0f || at[1] != 0xa2) { /* a true fault: let it end the process */
        signal(number, SIG_DFL);
        return;
    }
    uint32_t leaf = registers[REG_RAX], part = registers[REG_RCX], a, b, c, d;
    syscall(SYS_arch_prctl, ARCH_CPUID, 1);
    __cpuid_count(leaf, part, a, b, c, d);
    syscall(SYS_arch_prctl, ARCH_CPUID, 0);
    if (leaf == 7 && part == 0) {
        b &= ~AVX512_EBX;
        c &= ~AVX512_ECX;
        d &= ~AVX512_AMX_EDX;
    } else if (leaf == 7) {
        a &= ~VNNI_BF16_FP16_EAX;
        d = 0;
    } else if (leaf == 0x1d || leaf == 0x1e || leaf == 0x24) { /* tiles, AVX10 */
        a = b = c = d = 0;
    }
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

typedef int (*setter)(int, const struct sigaction *, struct sigaction *);

/* Python's faulthandler asks for the same signal: it does not get it. */
int sigaction(int number, const struct sigaction *action, struct sigaction *before) {
    return number == SIGSEGV && action ? 0 : ((setter)dlsym(RTLD_NEXT, "sigaction"))(number, action, before);
}

__attribute__((constructor)) static void hide(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = answer;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    ((setter)dlsym(RTLD_NEXT, "sigaction"))(SIGSEGV, &action, NULL);
    if (syscall(SYS_arch_prctl, ARCH_CPUID, 0)) {
        fputs("avx2.so: this processor or kernel cannot hide instructions.\n", stderr);
        exit(77);
    }
}
