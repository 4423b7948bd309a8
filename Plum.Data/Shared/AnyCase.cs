using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plum.Data.Shared;

/// <summary>
/// Names and codes that are the same to a person in any case. SQL Server's default collation compares them so by itself; SQLite must be told,
/// and then both its unique indexes and its prefix searches follow.
/// </summary>
internal static class AnyCase
{
    private const string Mark = "Plum:AnyCase";

    public static PropertyBuilder<T> InAnyCase<T>(this PropertyBuilder<T> property)
        where T : class?
    {
        property.Metadata.SetAnnotation(Mark, true);
        return property;
    }

    /// <summary>Once all entities are configured. The mark itself stays out of the migrations.</summary>
    public static void Apply(ModelBuilder builder, bool sqlite)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties()))
        {
            if (property.RemoveAnnotation(Mark) is not null && sqlite)
            {
                property.SetCollation("NOCASE");
            }
        }
    }
}
