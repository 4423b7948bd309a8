using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ValueGeneration;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>Draws a <see cref="Reward.Number"/> that no reward has. At ten million rewards one draw in seven thousand is taken already.</summary>
internal sealed class RewardNumbers : ValueGenerator<long>
{
    public override bool GeneratesTemporaryValues => false;

    public override long Next(EntityEntry entry)
    {
        var db = (PlumDbContext)entry.Context;
        long number;
        do
        {
            number = Draw();
        } while (db.Rewards.Any(r => r.Number == number));

        return number;
    }

    public static long Draw() => Random.Shared.NextInt64(1, Reward.NumberLimit);
}
