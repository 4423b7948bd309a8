namespace Plum.Domain.Shared;

/// <summary>Personal data as the audit keeps it: enough to tell that it changed and roughly to what, not enough to be the data.</summary>
public static class Mask
{
    /// <summary><c>jane.okafor@acme.com</c> is <c>j…@acme.com</c>.</summary>
    public static string? Email(string? email) =>
        email is null ? null
        : email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{email[0]}…{email[at..]}"
        : "…";

    /// <summary><c>+919812345678</c> is <c>…678</c>.</summary>
    public static string? Phone(string? phone) => phone is null ? null : $"…{phone[^Math.Min(3, phone.Length)..]}";

    /// <summary><c>Jane Okafor</c> is <c>J… O…</c>.</summary>
    public static string? Name(string? name) =>
        name is null
            ? null
            : string.Join(
                ' ',
                name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(p => $"{p.EnumerateRunes().First()}…")
            );
}
