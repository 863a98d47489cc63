#pragma once

/// Elementary functions that give the same bits on every machine.
///
/// glibc picks variants with or without fused multiply-add at run time, and their last bits differ;
/// a last bit can flip a decision. SLEEF's `cinz` functions do not depend on the processor.

#include <sleef.h>

namespace walkout {

inline double exp_same_bits(double x)
{
    return Sleef_cinz_expd1_u10purec(x);
}

inline double log_same_bits(double x)
{
    return Sleef_cinz_logd1_u10purec(x);
}

inline double pow_same_bits(double base, double exponent)
{
    return Sleef_cinz_powd1_u10purec(base, exponent);
}

} // namespace walkout
