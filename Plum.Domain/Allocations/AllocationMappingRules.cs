using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>When a mapping will do to read a file by.</summary>
public static class AllocationMappingRules
{
    public static Refusal? CannotCheck(AllocationMapping mapping, IReadOnlyList<string> headers) => Each(mapping, headers).FirstOrDefault();

    /// <summary>All that is missing, one refusal a field.</summary>
    public static IEnumerable<Refusal> Each(AllocationMapping mapping, IReadOnlyList<string> headers)
    {
        foreach (var facts in AllocationFields.All)
        {
            var source = mapping[facts.Field];
            if (source is null)
            {
                if (facts.IsRequired)
                {
                    yield return new Refusal(
                        "allocation.unmapped",
                        $"Say which column is the {facts.Name.ToLowerInvariant()}.",
                        facts.Field.ToString()
                    );
                }
            }
            else if (source.Columns.Count > facts.TakesColumns)
            {
                yield return new Refusal(
                    "allocation.too-many-columns",
                    $"{facts.Name} is made of at most {facts.TakesColumns} columns.",
                    facts.Field.ToString()
                );
            }
            else if (source.Columns.FirstOrDefault(c => !headers.Contains(c, StringComparer.Ordinal)) is { } gone)
            {
                yield return NoColumn(gone, facts.Field.ToString());
            }
            else if (source.Columns.Count == 0 && !facts.TakesConstant)
            {
                yield return new Refusal(
                    "allocation.constant",
                    $"{facts.Name} differs from row to row: choose a column.",
                    facts.Field.ToString()
                );
            }
        }

        if (mapping[AllocationField.Email] is null && mapping[AllocationField.Phone] is null)
        {
            yield return new Refusal(
                "allocation.no-address",
                "Say which column is the e-mail address, or which is the phone number.",
                nameof(AllocationField.Email)
            );
        }
    }

    public static Refusal NoColumn(string? column, string field) =>
        new("allocation.no-column", $"The file has no column '{column}'.", field);
}
