using System.Security.Cryptography;

namespace Plum.Portal.Shared;

/// <summary>A fault is told to the person as a short reference that is also in the log; never as a stack trace.</summary>
public static class Faults
{
    public static string Reference() => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 8);
}
