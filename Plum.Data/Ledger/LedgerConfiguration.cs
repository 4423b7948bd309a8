using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Ledger;

namespace Plum.Data.Ledger;

internal sealed class LedgerAccountConfiguration : IEntityTypeConfiguration<LedgerAccount>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> account)
    {
        // The last word on money that is not there, whoever writes.
        account.ToTable(
            "LedgerAccounts",
            table =>
            {
                table.HasCheckConstraint("CK_LedgerAccounts_Available", "MayOverdraw = 1 OR Posted - PendingOut >= 0");
                table.HasCheckConstraint("CK_LedgerAccounts_Pending", "PendingOut >= 0 AND PendingIn >= 0");
            }
        );
        account.Property(a => a.Key).HasMaxLength(LedgerAccount.KeyMaxLength);
        account.Property(a => a.Currency).HasMaxLength(3);
        account.Property(a => a.Name).HasMaxLength(LedgerAccount.NameMaxLength);
        account.Ignore(a => a.Available);

        // An account is opened once, and found by what it is for; the screens: by kind, a client's, a recipient's.
        account.HasIndex(a => a.Key).IsUnique();
        account.HasIndex(a => new { a.Kind, a.Currency });
        account.HasIndex(a => a.ClientId);
        account.HasIndex(a => a.RecipientId);
    }
}

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entry)
    {
        entry.ToTable("JournalEntries", table => table.HasTrigger(AppendOnly.Trigger("JournalEntries")));
        entry.Property(e => e.Key).HasMaxLength(JournalEntry.KeyMaxLength);
        entry.Property(e => e.What).HasMaxLength(JournalEntry.WhatMaxLength);
        entry.Property(e => e.Why).HasMaxLength(JournalEntry.WhyMaxLength);
        entry.Property(e => e.Fingerprint).HasMaxLength(JournalEntry.FingerprintLength);
        entry.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        entry.HasMany(e => e.Postings).WithOne().HasForeignKey(p => p.EntryId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne<JournalEntry>().WithMany().HasForeignKey(e => e.ResolvesId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne<JournalEntry>().WithMany().HasForeignKey(e => e.RevertsId).OnDelete(DeleteBehavior.Restrict);

        // Once per key; a pending entry is resolved once, a posted one taken back once; the entries of a request and of an order.
        entry.HasIndex(e => e.Key).IsUnique();
        entry.HasIndex(e => e.ResolvesId).IsUnique();
        entry.HasIndex(e => e.RevertsId).IsUnique();
        entry.HasIndex(e => e.RequestId);
        entry.HasIndex(e => e.OrderId);
    }
}

internal sealed class PostingConfiguration : IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Posting> posting)
    {
        posting.ToTable("Postings", table => table.HasTrigger(AppendOnly.Trigger("Postings")));
        posting.Property(p => p.Currency).HasMaxLength(3);
        posting.HasOne<LedgerAccount>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);

        // An account's statement, newest first; an entry's legs, each once.
        posting.HasIndex(p => new { p.AccountId, p.Id });
        posting.HasIndex(p => new { p.EntryId, p.Line }).IsUnique();
    }
}
