using Microsoft.EntityFrameworkCore;
using Plum.Domain.Orders;
using Plum.Domain.Search;

namespace Plum.Data.Search;

/// <summary>What recipients are found by besides their own columns. The database computes it, so that every way of writing a recipient fills it.</summary>
internal static class SearchColumns
{
    /// <summary>A shadow property of <see cref="Recipient"/>: the last digits of the phone number.</summary>
    public const string PhoneTail = nameof(PhoneTail);

    public static void Apply(ModelBuilder builder, bool sqlite)
    {
        var recipient = builder.Entity<Recipient>();
        recipient
            .Property<string?>(PhoneTail)
            .HasMaxLength(SearchTerm.PhoneTail)
            .HasComputedColumnSql(sqlite ? $"substr(\"Phone\", -{SearchTerm.PhoneTail})" : $"RIGHT([Phone], {SearchTerm.PhoneTail})");

        // The search for a national number, and for the beginning of a name whatever the client.
        recipient.HasIndex(PhoneTail);
        recipient.HasIndex(r => r.Name);
    }
}
