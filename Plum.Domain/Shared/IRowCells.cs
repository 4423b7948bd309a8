namespace Plum.Domain.Shared;

/// <summary>The cells of one row, as the file has them, by number of the column.</summary>
public interface IRowCells
{
    /// <summary>Of the file, from 1, where the row begins.</summary>
    long Line { get; }
    int Count { get; }
    ReadOnlySpan<char> this[int column] { get; }
}
