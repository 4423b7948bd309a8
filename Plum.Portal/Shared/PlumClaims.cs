using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Plum.Data.Access;
using Plum.Domain.Access;

namespace Plum.Portal.Shared;

/// <summary>What the sign-in cookie says of a person, written and read in this one place.</summary>
public static class PlumClaims
{
    private const string Session = "plum:session";
    private const string Client = "plum:client";
    private const string Partner = "plum:partner";
    private const string Zone = "plum:zone";
    private const string Culture = "plum:culture";
    private const string Dark = "plum:dark";

    /// <param name="browserZone">The browser's own time zone, for whoever has chosen none.</param>
    public static ClaimsPrincipal Of(SignedIn who, string? browserZone)
    {
        var zone = who.TimeZoneId ?? (AccessRefusals.ForTimeZone(browserZone) is null ? browserZone : null);
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, who.UserId.ToString()),
            new(ClaimTypes.Name, who.Name),
            new(ClaimTypes.Email, who.Email),
            new(Session, who.SessionId.ToString()),
        };
        claims.AddRange(who.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        Add(Client, who.ClientId?.ToString());
        Add(Partner, who.PartnerId?.ToString());
        Add(Zone, zone);
        Add(Culture, who.Culture);
        Add(Dark, who.DarkMode is { } dark ? (dark ? "true" : "false") : null);
        return new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme));

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(type, value));
            }
        }
    }

    public static Guid? UserId(ClaimsPrincipal user) => Key(user, ClaimTypes.NameIdentifier);

    public static Guid? SessionId(ClaimsPrincipal user) => Key(user, Session);

    public static Guid? ClientId(ClaimsPrincipal user) => Key(user, Client);

    public static Guid? PartnerId(ClaimsPrincipal user) => Key(user, Partner);

    public static string? Name(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Name);

    public static string? Email(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email);

    public static string? TimeZoneId(ClaimsPrincipal user) => user.FindFirstValue(Zone);

    public static string? CultureTag(ClaimsPrincipal user) => user.FindFirstValue(Culture);

    public static bool? IsDark(ClaimsPrincipal user) => user.FindFirstValue(Dark) is { } dark ? dark == "true" : null;

    public static IReadOnlyList<Role> Roles(ClaimsPrincipal user) =>
        [.. user.FindAll(ClaimTypes.Role).Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : default).Where(Enum.IsDefined)];

    public static IReadOnlySet<Act> Acts(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true
            ? RoleActs.For(Roles(user), user.HasClaim(c => c.Type == Client), user.HasClaim(c => c.Type == Partner))
            : new HashSet<Act>();

    private static Guid? Key(ClaimsPrincipal user, string type) => Guid.TryParse(user.FindFirstValue(type), out var key) ? key : null;
}
