using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Plum.Domain.Access;

namespace Plum.Data.Access;

/// <summary>
/// The token in a link that sets a password: whose, until when, and the account's security stamp. The stamp changes with the password, so
/// that a link works once.
/// </summary>
public sealed class AccountTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Plum.Access.SetPassword");

    internal string Make(PlumUser user)
    {
        var lasts = user.PasswordHash is null ? SignInRules.InvitationLasts : SignInRules.ResetLinkLasts;
        var until = (clock.GetUtcNow().UtcDateTime + lasts).Ticks;
        var text = string.Create(CultureInfo.InvariantCulture, $"{user.Id:N}|{until}|{user.SecurityStamp}");
        return Base64Url.EncodeToString(_protector.Protect(Encoding.UTF8.GetBytes(text)));
    }

    /// <returns>Null when the token was not made here, was changed, or is too old.</returns>
    internal (Guid UserId, string Stamp)? Read(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 1000 || !Base64Url.IsValid(token))
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(_protector.Unprotect(Base64Url.DecodeFromChars(token))).Split('|', 3);
            var until = new DateTime(long.Parse(parts[1], CultureInfo.InvariantCulture), DateTimeKind.Utc);
            return clock.GetUtcNow().UtcDateTime < until ? (Guid.ParseExact(parts[0], "N"), parts[2]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
