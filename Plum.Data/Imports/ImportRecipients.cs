using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Imports;

/// <summary>
/// Whom the rows of a piece are about: by e-mail address, else by phone number, else by name among those who have neither. Whoever is not
/// there yet is made.
/// </summary>
internal sealed class ImportRecipients
{
    private readonly Dictionary<string, long> _byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ImportedRecipient> _made = [];

    public IReadOnlyList<ImportedRecipient> Made => _made;

    /// <summary>The order's own recipient comes first: the row cannot contradict it.</summary>
    public long? Of(ImportCandidate candidate) =>
        candidate.Order?.RecipientId
        ?? (
            candidate.Row.RecipientName is null ? null
            : candidate.Row.RecipientEmail is { } email ? _byEmail[email]
            : candidate.Row.RecipientPhone is { } phone ? _byPhone[phone]
            : _byName[candidate.Row.RecipientName]
        );

    public static async Task<ImportRecipients> FindAsync(
        PlumDbContext db,
        Guid clientId,
        IReadOnlyList<ImportCandidate> candidates,
        CancellationToken ct
    )
    {
        var found = new ImportRecipients();
        var rows = candidates.Where(c => c.Order is null && c.Row.RecipientName is not null).Select(c => c.Row).ToList();
        if (rows.Count == 0)
        {
            return found;
        }

        var emails = rows.Where(r => r.RecipientEmail is not null).Select(r => r.RecipientEmail).Distinct().ToArray();
        var phones = rows.Where(r => r.RecipientEmail is null && r.RecipientPhone is not null)
            .Select(r => r.RecipientPhone)
            .Distinct()
            .ToArray();
        var names = rows.Where(r => r is { RecipientEmail: null, RecipientPhone: null }).Select(r => r.RecipientName).Distinct().ToArray();
        var own = db.Recipients.AsNoTracking().Where(r => r.ClientId == clientId).OrderBy(r => r.Id);
        foreach (
            var there in await own.Where(r => EF.Parameter(emails).Contains(r.Email)).Select(r => new { r.Id, r.Email }).ToListAsync(ct)
        )
        {
            found._byEmail.TryAdd(there.Email!, there.Id);
        }

        foreach (
            var there in await own.Where(r => EF.Parameter(phones).Contains(r.Phone)).Select(r => new { r.Id, r.Phone }).ToListAsync(ct)
        )
        {
            found._byPhone.TryAdd(there.Phone!, there.Id);
        }

        var nameless = own.Where(r => r.Email == null && r.Phone == null && EF.Parameter(names).Contains(r.Name));
        foreach (var there in await nameless.Select(r => new { r.Id, r.Name }).ToListAsync(ct))
        {
            found._byName.TryAdd(there.Name, there.Id);
        }

        var missing = rows.Where(r => !found.Knows(r)).ToList();
        if (missing.Count > 0)
        {
            var next = await db.TakeAsync(Numbers.Recipients, missing.Count, ct); // a person who is there twice leaves a gap
            foreach (var row in missing.Where(r => !found.Knows(r)))
            {
                found._made.Add(new ImportedRecipient(next, row.RecipientName!, row.RecipientEmail, row.RecipientPhone));
                found.Learn(row, next++);
            }
        }

        return found;
    }

    private bool Knows(Domain.Imports.ImportRow row) =>
        row.RecipientEmail is { } email ? _byEmail.ContainsKey(email)
        : row.RecipientPhone is { } phone ? _byPhone.ContainsKey(phone)
        : _byName.ContainsKey(row.RecipientName!);

    private void Learn(Domain.Imports.ImportRow row, long id)
    {
        if (row.RecipientEmail is { } email)
        {
            _byEmail[email] = id;
        }
        else if (row.RecipientPhone is { } phone)
        {
            _byPhone[phone] = id;
        }
        else
        {
            _byName[row.RecipientName!] = id;
        }
    }
}
