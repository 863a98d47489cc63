#include "render/display_probe.hpp"

#include "sim/io/failure.hpp"

#include <cstdlib>
#include <dlfcn.h>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>

namespace walkout::render {

namespace {

// Xlib comes with SFML; asking for it by name keeps its headers, and the need to have it where no
// window is wanted, out of the program.
struct XDisplay;
using OpenDisplay = XDisplay* (*)(const char*);
using CloseDisplay = int (*)(XDisplay*);
using QueryExtension = int (*)(XDisplay*, const char*, int*, int*, int*);
using IoErrorHandler = int (*)(XDisplay*);
using SetIoErrorHandler = IoErrorHandler (*)(IoErrorHandler);

void* xlib()
{
    static void* const library = ::dlopen("libX11.so.6", RTLD_LAZY | RTLD_GLOBAL);
    return library;
}

template <class Function> Function function(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(xlib(), name));
}

/// Why there can be no window; empty: there can.
std::string obstacle()
{
    const char* name = std::getenv("DISPLAY");
    if (name == nullptr || *name == '\0')
        return "DISPLAY is not set";
    if (xlib() == nullptr)
        return "libX11 is not installed";
    XDisplay* const display = function<OpenDisplay>("XOpenDisplay")(nullptr);
    if (display == nullptr)
        return fmt::format("nothing answers at DISPLAY={}", name);
    int code = 0, event = 0, error = 0;
    const bool gl =
        function<QueryExtension>("XQueryExtension")(display, "GLX", &code, &event, &error) != 0;
    // A server may begin anew when its last client leaves, and SFML would meet none meanwhile: where
    // there will be a window, this connection stays.
    if (gl)
        return "";
    function<CloseDisplay>("XCloseDisplay")(display);
    return fmt::format("the display {} has no OpenGL (GLX)", name);
}

int leave(XDisplay*)
{
    constexpr std::string_view line = "walkout: the display went away; the window is closed\n";
    [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
    ::_exit(69);
}

} // namespace

void require_display(const std::string& file)
{
    const std::string why = obstacle();
    if (why.empty())
        return;
    throw io::Missing(
        fmt::format("no display: {}. The window needs one; nothing is lost.\n"
                    "try: walkout play {} --text | walkout export {} --png frame.png | "
                    "xvfb-run -a -s \"-screen 0 1600x900x24 -noreset\" walkout play {}",
                    why, file, file, file));
}

void expect_loss_of_display()
{
    function<SetIoErrorHandler>("XSetIOErrorHandler")(leave);
}

} // namespace walkout::render
