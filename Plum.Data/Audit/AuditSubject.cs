using Plum.Domain.Audit;

namespace Plum.Data.Audit;

/// <summary>The subject of an audit entry, out of parts that may together be longer than it: what does not fit is cut, with an ellipsis.</summary>
internal static class AuditSubject
{
    public static string Of(params IEnumerable<string> parts)
    {
        var subject = string.Join('/', parts);
        return subject.Length <= AuditEntry.SubjectMaxLength ? subject : $"{subject[..(AuditEntry.SubjectMaxLength - 1)]}…";
    }
}

/// <summary>What an audit entry calls the change of a row that can be switched off and on.</summary>
internal static class Switched
{
    public static string What(string noun, bool before, bool after) =>
        (before, after) switch
        {
            (true, false) => $"{noun} switched off",
            (false, true) => $"{noun} switched on",
            _ => $"{noun} changed",
        };
}
