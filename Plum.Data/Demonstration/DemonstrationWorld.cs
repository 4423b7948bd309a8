using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Demonstration;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Demonstration;

internal sealed record DemonstrationPeople(IPasswordHasher<PlumUser> Hasher, ILookupNormalizer Names);

/// <summary>Writes what stands before the first order, through the entities and with their audit.</summary>
internal sealed class DemonstrationWorld(PlumDbContext db, DemonstrationPlan plan, Actor by)
{
    /// <param name="accounts">Given in Development alone: makes the accounts that the sign-in page offers.</param>
    /// <returns>The version in force of each policy, and the keys of the people by e-mail address.</returns>
    public async Task<(IReadOnlyDictionary<Guid, SlaPolicyVersion> Versions, IReadOnlyDictionary<string, Guid> People)> WriteAsync(
        DemonstrationPeople? accounts,
        CancellationToken ct
    )
    {
        var versions = Sla();
        await SaveAsync(ct);
        Clients();
        Catalogue();
        Taxonomy();
        Macros();
        await PeopleAsync(accounts, ct);
        await SaveAsync(ct);
        return (versions, await db.Users.ToDictionaryAsync(u => u.Email!, u => u.Id, StringComparer.Ordinal, ct));
    }

    private Dictionary<Guid, SlaPolicyVersion> Sla()
    {
        foreach (var calendar in plan.World.Calendars)
        {
            Add(calendar.Id, BusinessCalendar.Draw(calendar.Code, calendar.Name, calendar.Hours), "Sla", calendar.Code, "Drawn");
        }

        var versions = new Dictionary<Guid, SlaPolicyVersion>();
        foreach (var planned in plan.World.Policies)
        {
            var policy = SlaPolicy.Draw(planned.Code, planned.Name);
            Add(planned.Id, policy, "Sla", planned.Code, "Drawn");
            var version = policy.Issue(planned.Terms, "As agreed at the start.", by, plan.StartUtc);
            db.Add(version);
            versions.Add(planned.Id, version);
        }

        return versions;
    }

    private void Clients()
    {
        var dice = Dice.For(plan.Seed, stream: 90, index: 0);
        foreach (var planned in plan.World.Clients)
        {
            var (calendar, policy) = (plan.World.CalendarOf(planned).Id, plan.World.PolicyOf(planned).Id);
            var client = Client.Register(planned.Code, planned.Name, planned.TimeZoneId, calendar, policy);
            client.Change(
                new ClientTerms(
                    planned.Name,
                    planned.TimeZoneId,
                    calendar,
                    policy,
                    ReportCadence.Monthly,
                    $"{planned.Code.ToLowerInvariant()}-team@plum.example",
                    RepeatWindowDays: 30,
                    ReopenWindowDays: 14,
                    new Dictionary<string, decimal>(),
                    IsActive: true
                )
            );
            Add(planned.Id, client, "Clients", planned.Code, "Registered", planned.Id);
            foreach (var programme in planned.Programmes)
            {
                Add(
                    programme.Id,
                    Programme.Start(planned.Id, programme.Code, programme.Name, programme.Currency, programme.Channel),
                    "Clients",
                    $"{planned.Code}/{programme.Code}",
                    "Started",
                    planned.Id
                );
            }

            foreach (var position in (string[])["Head of Rewards", "Customer Care Manager"])
            {
                var (name, mailbox) = DemonstrationPlan.Somebody(planned.Country, dice);
                Add(
                    dice.Key(plan.StartUtc),
                    Contact.Add(planned.Id, name, $"{mailbox}@{planned.Domain}", phone: null, position),
                    "Clients",
                    $"{planned.Code}/{name}",
                    "Contact added",
                    planned.Id
                );
            }
        }
    }

    private void Catalogue()
    {
        foreach (var supplier in plan.World.Catalogue.Suppliers)
        {
            Add(supplier.Id, Supplier.Engage(supplier.Code, supplier.Name), "Catalogue", supplier.Code, "Engaged");
        }

        foreach (var brand in plan.World.Catalogue.Brands)
        {
            Add(brand.Id, Brand.List(brand.Name), "Catalogue", brand.Name, "Listed");
        }

        foreach (var r in plan.World.Catalogue.Rewards)
        {
            Keyed(
                r.Id,
                Reward.Offer(
                    r.Brand.Id,
                    r.Supplier.Id,
                    r.Code,
                    r.Name,
                    r.Brand.Kind,
                    r.Country,
                    r.Currency,
                    r.Denominations,
                    r.MinValue,
                    r.MaxValue
                )
            );
        }

        db.Add(AuditEntry.For("Catalogue", "catalogue", "Loaded", by, plan.StartUtc, why: $"{plan.World.Catalogue.Rewards.Count} rewards"));
    }

    private void Taxonomy()
    {
        var enquiry = Disposition.Add(DemonstrationPlan.Enquiry, "Enquiry", Stage.Intake, Dispositions.Other, sortOrder: 25);
        db.Add(enquiry);
        db.Add(AuditEntry.For("Tickets", enquiry.Code, "Disposition added", by, plan.StartUtc));
        foreach (var category in plan.World.Categories)
        {
            Add(
                category.Id,
                Category.Add(category.Name, category.Severity, category.FirstDisposition),
                "Tickets",
                category.Name,
                "Category added"
            );
        }
    }

    private void Macros()
    {
        foreach (var (name, trouble, wait, body) in MacroPhrases.All)
        {
            var category = trouble is { } about ? plan.World.Categories[(int)about].Id : (Guid?)null;
            var macro = Macro.Write(new MacroTerms(name, body, CategoryId: category, ThenWaitOn: wait));
            db.Add(macro);
            db.Add(AuditEntry.For("Tickets", name, "Macro written", by, plan.StartUtc));
        }
    }

    /// <summary>Who works the tickets. Of those who are not there yet nobody can sign in: they have no password.</summary>
    private async Task PeopleAsync(DemonstrationPeople? accounts, CancellationToken ct)
    {
        if (accounts is not null)
        {
            var nordbank = plan.World.Clients[0].Id;
            await db.AddDemonstrationAccountsAsync(nordbank, accounts.Hasher, accounts.Names, by, plan.StartUtc, ct);
        }

        var there = db.ChangeTracker.Entries<PlumUser>().Select(u => u.Entity.Email).ToHashSet(StringComparer.Ordinal);
        foreach (var person in plan.World.People.Where(p => !there.Contains(p.Email)))
        {
            db.Add(
                new PlumUser
                {
                    Id = person.Id,
                    UserName = person.Email,
                    NormalizedUserName = person.Email.ToUpperInvariant(),
                    Email = person.Email,
                    NormalizedEmail = person.Email.ToUpperInvariant(),
                    EmailConfirmed = true,
                    LockoutEnabled = true,
                    SecurityStamp = person.Id.ToString("N"),
                    DisplayName = person.Name,
                    TimeZoneId = person.TimeZoneId,
                    IsDemonstration = true,
                }
            );
            db.AddRoles(person.Id, [person.Role]);
            db.Add(AuditEntry.For("Access", person.Id.ToString(), "Demonstration account made", by, plan.StartUtc));
        }
    }

    private void Add<T>(Guid id, T entity, string room, string subject, string what, Guid? clientId = null)
        where T : class
    {
        Keyed(id, entity);
        db.Add(AuditEntry.For(room, subject, what, by, plan.StartUtc, clientId));
    }

    /// <summary>The key of the plan in the place of a generated one: the same seed gives the same database.</summary>
    private void Keyed<T>(Guid id, T entity)
        where T : class
    {
        db.Entry(entity).Property("Id").CurrentValue = id;
        db.Add(entity);
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
