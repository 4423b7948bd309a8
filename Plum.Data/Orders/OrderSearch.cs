using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Orders;

namespace Plum.Data.Orders;

/// <summary>What a person may have typed to find an order or a recipient, tried by its shape, so that a look-up uses an index.</summary>
internal static class OrderSearch
{
    public static IQueryable<Order> Matching(this IQueryable<Order> orders, PlumDbContext db, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return orders;
        }

        var typed = text.Trim();
        if (OrderReference.Parse(typed) is { } id)
        {
            return orders.Where(o => o.Id == id);
        }

        if (typed.StartsWith("****-", StringComparison.Ordinal))
        {
            var last4 = typed["****-".Length..].ToUpperInvariant();
            return orders.Where(o => o.VoucherLast4 == last4);
        }

        var start = Like.StartingWith(typed);
        if (typed.Length == Order.VoucherLast4Length && typed.All(char.IsAsciiLetterOrDigit) && typed.Any(char.IsAsciiDigit))
        {
            var last4 = typed.ToUpperInvariant();
            return orders.Where(o => o.VoucherLast4 == last4 || EF.Functions.Like(o.SupplierReference, start, Like.Escape));
        }

        var recipients = db.Recipients.Matching(typed).Select(r => r.Id);
        return orders.Where(o => recipients.Contains(o.RecipientId) || EF.Functions.Like(o.SupplierReference, start, Like.Escape));
    }

    public static IQueryable<Recipient> Matching(this IQueryable<Recipient> recipients, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return recipients;
        }

        var typed = text.Trim();
        var start = Like.StartingWith(typed);
        if (typed.Contains('@', StringComparison.Ordinal))
        {
            return recipients.Where(r => EF.Functions.Like(r.Email, start, Like.Escape));
        }

        if (Phone(typed) is { } phone)
        {
            var phoneStart = Like.StartingWith(phone);
            return recipients.Where(r =>
                EF.Functions.Like(r.Phone, phoneStart, Like.Escape) || EF.Functions.Like(r.EmployeeNumber, start, Like.Escape)
            );
        }

        var pattern = Like.Containing(typed);
        return recipients.Where(r =>
            EF.Functions.Like(r.Name, pattern, Like.Escape)
            || EF.Functions.Like(r.Email, pattern, Like.Escape)
            || EF.Functions.Like(r.EmployeeNumber, start, Like.Escape)
        );
    }

    /// <returns>The start of an E.164 number, for what looks like a phone number however it was spaced; null for anything else.</returns>
    private static string? Phone(string typed)
    {
        var bare = new string([.. typed.Where(c => c is not (' ' or '-' or '(' or ')' or '.'))]);
        return bare.Length >= 4 && bare.TrimStart('+').All(char.IsAsciiDigit) && bare.TrimStart('+').Length >= bare.Length - 1
            ? bare.StartsWith("00", StringComparison.Ordinal)
                ? $"+{bare[2..]}"
                : bare[0] == '+'
                    ? bare
                    : $"+{bare}"
            : null;
    }
}
