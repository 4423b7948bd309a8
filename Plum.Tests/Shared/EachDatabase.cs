using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Plum.Tests.Shared;

/// <summary>Runs a theory on each database. One that is not configured is shown as skipped, with the reason, never left out in silence.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public const string SqlServerVariable = "PLUM_TEST_SQLSERVER";

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var skip = Environment.GetEnvironmentVariable(SqlServerVariable) is { Length: > 0 }
            ? null
            : $"{SqlServerVariable} holds no connection string.";
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([
            new TheoryDataRow("Sqlite"),
            new TheoryDataRow("SqlServer") { Skip = skip },
        ]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
