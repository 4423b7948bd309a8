using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plum.Data.Shared;

internal sealed class NumberSequenceConfiguration : IEntityTypeConfiguration<NumberSequence>
{
    public void Configure(EntityTypeBuilder<NumberSequence> sequence)
    {
        sequence.ToTable("NumberSequences");
        sequence.HasKey(s => s.Name);
        sequence.Property(s => s.Name).HasMaxLength(NumberSequence.NameMaxLength);
        sequence.HasData(
            new { Name = Numbers.Tickets, Next = 1001L },
            new { Name = Numbers.Orders, Next = 10001L },
            new { Name = Numbers.Recipients, Next = 1L },
            new { Name = Numbers.Imports, Next = 1L },
            new { Name = Numbers.Requests, Next = 1001L },
            new { Name = Numbers.Allocations, Next = 1001L }
        );
    }
}
