namespace Plum.Domain.Demonstration;

/// <summary>One number for each stream of chance, so that a change to one does not shift the others.</summary>
internal static class Streams
{
    public const ulong Keys = 1;
    public const ulong Catalogue = 2;
    public const ulong Recipients = 3;
    public const ulong Orders = 4;
    public const ulong Rhythm = 5;
    public const ulong Tickets = 6;
    public const ulong Days = 7;
}
