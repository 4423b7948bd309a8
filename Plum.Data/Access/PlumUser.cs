using Microsoft.AspNetCore.Identity;

namespace Plum.Data.Access;

/// <summary>Who may sign in. Identity saves it in its own ways (a failed sign-in, a used code): its concurrency stamp is the version.</summary>
public sealed class PlumUser : IdentityUser<Guid>
{
    public const int DisplayNameMaxLength = 200;
    public const int TimeZoneMaxLength = 64;
    public const int CultureMaxLength = 20;

    public string DisplayName { get; set; } = "";

    /// <summary>IANA id of the zone that times are shown in; null follows the browser's.</summary>
    public string? TimeZoneId { get; set; }

    /// <summary>BCP 47 tag for dates and numbers; null means en-GB.</summary>
    public string? Culture { get; set; }

    /// <summary>Null follows the system.</summary>
    public bool? DarkMode { get; set; }

    /// <summary>When set, the person sees nothing of any other client.</summary>
    public Guid? ClientId { get; set; }

    /// <summary>When set, the person sees nothing but this partner institution's.</summary>
    public Guid? PartnerId { get; set; }
    public DateTime? DisabledAtUtc { get; set; }
}
