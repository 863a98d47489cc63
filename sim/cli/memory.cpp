#include "sim/cli/memory.hpp"

#include <malloc.h>

namespace walkout::cli {

void keep_memory()
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
}

} // namespace walkout::cli
