#include "sim/cli/names.hpp"

namespace walkout::cli {

const char* name_of(Stance stance)
{
    switch (stance) {
    case Stance::working:
        return "working";
    case Stance::posted:
        return "posted";
    case Stance::signed_letter:
        return "signed";
    case Stance::resigned:
        return "resigned";
    case Stance::returned:
        return "returned";
    }
    return "";
}

const char* name_of(Cause cause)
{
    switch (cause) {
    case Cause::review:
        return "review";
    case Cause::first_signer:
        return "first_signer";
    case Cause::background:
        return "background";
    case Cause::settlement:
        return "settlement";
    case Cause::comeback:
        return "comeback";
    }
    return "";
}

const char* name_of(Rung rung)
{
    switch (rung) {
    case Rung::post:
        return "post";
    case Rung::sign:
        return "sign";
    case Rung::leave:
        return "leave";
    }
    return "";
}

const char* name_of(Pole pole)
{
    return pole == Pole::plus ? "plus" : pole == Pole::minus ? "minus" : "none";
}

} // namespace walkout::cli
