using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Catalogue;

namespace Plum.Data.Allocations;

internal static class AllocationWorlds
{
    /// <summary>Codes that are kept between chunks; a file that names more of them is looked up anew.</summary>
    private const int MostRewards = 50_000;

    public static async Task<AllocationWorld> OfAsync(PlumDbContext db, AllocationFile file, IPhoneReading phones, CancellationToken ct)
    {
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == file.ProgrammeId, ct);
        var world = new AllocationWorld(
            programme.Currency,
            programme.DefaultChannel,
            (await RewardProgramme.ProgrammeRewardsOf(db, programme.Id, ct)).Rules,
            file.UploadedAtUtc.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            phones
        );
        var barred = await db
            .Recipients.Where(r => r.ClientId == file.ClientId && r.OptedOutAtUtc != null)
            .Concat(db.Recipients.Where(r => r.ClientId == file.ClientId && r.LeftOn != null))
            .Select(r => new
            {
                r.Email,
                r.Phone,
                r.EmployeeNumber,
                IsOptedOut = r.OptedOutAtUtc != null,
                HasLeft = r.LeftOn != null,
            })
            .ToListAsync(ct);
        foreach (var person in barred)
        {
            var why = (person.IsOptedOut ? Barred.OptedOut : Barred.None) | (person.HasLeft ? Barred.Left : Barred.None);
            Bar(world.BarredByEmail, person.Email, why);
            Bar(world.BarredByPhone, person.Phone, why);
            Bar(world.BarredByEmployee, person.EmployeeNumber, why);
        }

        return world;
    }

    /// <summary>Looks up the codes that rows name and the world does not know yet.</summary>
    public static async Task KnowAsync(this AllocationWorld world, PlumDbContext db, IEnumerable<string?> codes, CancellationToken ct)
    {
        if (world.Rewards.Count > MostRewards)
        {
            world.Rewards.Clear();
        }

        var missing = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var code in codes)
        {
            if (code is not null && !world.Rewards.ContainsKey(code))
            {
                missing.Add(code);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        var asked = missing.ToArray();
        var found = await (
            from reward in db.Rewards.AsNoTracking()
            join brand in db.Brands on reward.BrandId equals brand.Id
            join supplier in db.Suppliers on reward.SupplierId equals supplier.Id
            where EF.Parameter(asked).Contains(reward.Code)
            select new { Reward = reward, IsActive = reward.IsActive && brand.IsActive && supplier.IsActive }
        ).ToListAsync(ct);
        foreach (var code in asked)
        {
            world.Rewards[code] = null;
        }

        foreach (var (reward, isActive) in found.Select(f => (f.Reward, f.IsActive)))
        {
            world.Rewards[reward.Code] = new AllocationReward(
                reward.Id,
                reward.Code,
                reward.Name,
                reward.Country,
                reward.Currency,
                reward.Denominations,
                reward.MinValue,
                reward.MaxValue,
                isActive,
                world.Rules.CannotGive(RewardFacts.Of(reward)) is null
            );
        }
    }

    private static void Bar(Dictionary<string, Barred> people, string? key, Barred why)
    {
        if (key is not null)
        {
            people[key] = people.GetValueOrDefault(key) | why;
        }
    }
}
