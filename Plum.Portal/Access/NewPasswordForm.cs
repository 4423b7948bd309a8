using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public sealed class NewPasswordForm
{
    public string? NewPassword { get; set; }
    public string? Again { get; set; }

    public Refusal? Differ() => NewPassword == Again ? null : AccessRefusals.Again;
}
