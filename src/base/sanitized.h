/* base/sanitized.h: which sanitizers this is compiled with, as GCC and clang say it. */
#ifndef SATS_BASE_SANITIZED_H
#define SATS_BASE_SANITIZED_H

#ifdef __has_feature
#define SATS_HAS_FEATURE(name) __has_feature(name)
#else
#define SATS_HAS_FEATURE(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || SATS_HAS_FEATURE(address_sanitizer)
#define SATS_HAS_ASAN 1
#else
#define SATS_HAS_ASAN 0
#endif

#if defined(__SANITIZE_THREAD__) || SATS_HAS_FEATURE(thread_sanitizer)
#define SATS_HAS_TSAN 1
#else
#define SATS_HAS_TSAN 0
#endif

#endif
