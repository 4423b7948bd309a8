using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Orders;

namespace Plum.Data.Allocations;

/// <summary>
/// Who the rows of a batch are for: somebody whom the client's records know already, by employee number, else by e-mail, else by phone; or
/// somebody new. What the records say of a known person is not changed by a file.
/// </summary>
internal static class AllocationRecipients
{
    /// <returns>One a row; the new ones are added to the context.</returns>
    public static async Task<Dictionary<long, Recipient>> ResolveAsync(
        PlumDbContext db,
        Guid clientId,
        IReadOnlyList<AllocationRow> rows,
        CancellationToken ct
    )
    {
        var (numbers, emails, phones) = (
            Distinct(rows.Select(r => r.EmployeeNumber)),
            Distinct(rows.Where(r => r.EmployeeNumber is null).Select(r => r.Email)),
            Distinct(rows.Where(r => r.EmployeeNumber is null && r.Email is null).Select(r => r.Phone))
        );
        var own = db.Recipients.AsNoTracking().Where(r => r.ClientId == clientId);
        var known = new Known();
        known.Add(await own.Where(r => numbers.Contains(r.EmployeeNumber!)).OrderBy(r => r.Id).ToListAsync(ct));
        known.Add(await own.Where(r => emails.Contains(r.Email!)).OrderBy(r => r.Id).ToListAsync(ct));
        known.Add(await own.Where(r => phones.Contains(r.Phone!)).OrderBy(r => r.Id).ToListAsync(ct));

        var strangers = rows.Where(r => known.Of(r) is null).ToList();
        if (strangers.Count > 0)
        {
            var next = await db.TakeAsync(Numbers.Recipients, strangers.Count, ct); // a number for each, also where two rows are of one person
            foreach (var row in strangers.Where(r => known.Of(r) is null))
            {
                var recipient = Recipient.Enrol(next++, clientId, row.Name!, row.Email, row.Phone, row.EmployeeNumber, row.Country);
                db.Add(recipient);
                known.Add([recipient]);
            }
        }

        return rows.ToDictionary(r => r.Id, r => known.Of(r)!);
    }

    private static List<string> Distinct(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private sealed class Known
    {
        private readonly Dictionary<string, Recipient> _byNumber = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, Recipient> _byEmail = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, Recipient> _byPhone = new(StringComparer.Ordinal);

        public void Add(IReadOnlyList<Recipient> recipients)
        {
            foreach (var recipient in recipients) // of two with the same address the first
            {
                Keep(_byNumber, recipient.EmployeeNumber, recipient);
                Keep(_byEmail, recipient.Email, recipient);
                Keep(_byPhone, recipient.Phone, recipient);
            }
        }

        public Recipient? Of(AllocationRow row) =>
            row.EmployeeNumber is { } number ? _byNumber.GetValueOrDefault(number)
            : row.Email is { } email ? _byEmail.GetValueOrDefault(email)
            : row.Phone is { } phone ? _byPhone.GetValueOrDefault(phone)
            : null;

        private static void Keep(Dictionary<string, Recipient> by, string? key, Recipient recipient)
        {
            if (key is not null)
            {
                by.TryAdd(key, recipient);
            }
        }
    }
}
