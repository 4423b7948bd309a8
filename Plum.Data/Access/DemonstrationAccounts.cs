using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>
/// One account for each role, one bound to a client with and one without a role of the house, a maker and a checker of a partner. They are made with demonstration
/// data, share a password that everybody knows, and open in Development alone.
/// </summary>
public static class DemonstrationAccounts
{
    /// <summary>Shown on the sign-in page in Development. It breaks Plum's own rule for passwords, on purpose: nobody can choose it.</summary>
    public const string Password = "plum-plum-plum";

    public static IReadOnlyList<DemonstrationAccount> All { get; } =
    [
        new("ana.agent@plum.example", "Ana Agent", Role.Agent),
        new("sam.senior@plum.example", "Sam Senior", Role.SeniorAgent),
        new("chao.checker@plum.example", "Chao Checker", Role.Checker),
        new("pia.programme@plum.example", "Pia Programme", Role.ProgrammeAdmin),
        new("lea.lead@plum.example", "Lea Lead", Role.OpsLead),
        new("eva.executive@plum.example", "Eva Executive", Role.Executive),
        new("aud.auditor@plum.example", "Aud Auditor", Role.Auditor),
        new("ada.admin@plum.example", "Ada Admin", Role.Administrator),
        new("bo.bound@plum.example", "Bo Bound", Role.SeniorAgent, Binding.Client),
        new("cleo.contact@plum.example", "Cleo Contact", Role.Partner, Binding.Client),
        new("pat.partner@plum.example", "Pat Partner", Role.Agent, Binding.Partner),
        new("paula.partner@plum.example", "Paula Partner", Role.Checker, Binding.Partner),
    ];

    /// <summary>Adds those that are missing, with the caller's save.</summary>
    /// <param name="clientId">Whom the bound ones belong to.</param>
    public static async Task AddDemonstrationAccountsAsync(
        this PlumDbContext db,
        Guid clientId,
        IPasswordHasher<PlumUser> hasher,
        ILookupNormalizer names,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var there = await db.Users.Where(u => u.IsDemonstration).Select(u => u.Email).ToListAsync(ct);
        var missing = All.Where(a => !there.Contains(a.Email)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var partner = await db.PartnerInstitutions.OrderBy(p => p.Name).FirstOrDefaultAsync(ct);
        if (partner is null)
        {
            partner = PartnerInstitution.Register("Nordbank");
            db.PartnerInstitutions.Add(partner);
        }

        string? hash = null; // one hash for all: it guards nothing, and hashing is slow by design
        foreach (var account in missing)
        {
            var user = Accounts.New(account.Email, account.Name, names);
            hash ??= hasher.HashPassword(user, Password);
            (user.PasswordHash, user.EmailConfirmed, user.IsDemonstration) = (hash, true, true);
            user.ClientId = account.Binding == Binding.Client ? clientId : null;
            user.PartnerId = account.Binding == Binding.Partner ? partner.Id : null;
            db.Users.Add(user);
            db.AddRoles(user.Id, [account.Role]);
            db.AuditEntries.Add(AuditEntry.For("Access", user.Id.ToString(), "Demonstration account made", by, nowUtc, user.ClientId));
        }
    }
}

public enum Binding
{
    None = 0,
    Client = 1,
    Partner = 2,
}

public sealed record DemonstrationAccount(string Email, string Name, Role Role, Binding Binding = Binding.None);
