using Microsoft.AspNetCore.Identity;
using Plum.Domain.Access;

namespace Plum.Data.Access;

/// <summary>Who may sign in. Its e-mail address is its user name.</summary>
public sealed class PlumUser : IdentityUser<Guid>
{
    public const int DisplayNameMaxLength = AccountRules.NameMaxLength;
    public const int TimeZoneMaxLength = AccountRules.TimeZoneMaxLength;
    public const int CultureMaxLength = AccountRules.CultureMaxLength;
    public const int AuthenticatorKeyMaxLength = 500;
    public const int RecoveryCodesMaxLength = 1000;

    public string DisplayName { get; set; } = "";

    /// <summary>IANA id of the zone that times are shown in; null follows the browser's.</summary>
    public string? TimeZoneId { get; set; }

    /// <summary>BCP 47 tag for dates and numbers; null means <see cref="AccountRules.DefaultCulture"/>.</summary>
    public string? Culture { get; set; }

    /// <summary>Null follows the system.</summary>
    public bool? DarkMode { get; set; }

    /// <summary>When set, the person sees nothing of any other client.</summary>
    public Guid? ClientId { get; set; }

    /// <summary>When set, the person sees nothing but this partner institution's.</summary>
    public Guid? PartnerId { get; set; }
    public DateTime? DisabledAtUtc { get; set; }
    public DateTime? InvitedAtUtc { get; set; }
    public DateTime? LastSignInAtUtc { get; set; }

    /// <summary>Has a password that everybody knows: opens nothing outside Development.</summary>
    public bool IsDemonstration { get; set; }

    /// <summary>The authenticator app's secret, encrypted; null without one.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>A secret that was shown to the person and not yet proved, encrypted.</summary>
    public string? PendingAuthenticatorKey { get; set; }

    /// <summary>The time step of the last code that was accepted: no code opens the door twice (RFC 6238, 5.2).</summary>
    public long? LastCodeStep { get; set; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public string? RecoveryCodes { get; set; }

    /// <summary>
    /// Counted when a person changes the account, for whoever has it open. Identity's concurrency stamp, which guards the row itself,
    /// changes with it.
    /// </summary>
    public int Version { get; set; }
}
