using Plum.Domain.Shared;

namespace Plum.Data.Shared;

/// <summary>The rows of a file, one after the other. A row's cells are good until the next <see cref="Read"/>.</summary>
internal interface IFileRows : IRowCells, IDisposable
{
    /// <summary>What is wrong with the row as text.</summary>
    CsvFault Fault { get; }

    /// <summary>Goes to the next row that is not empty.</summary>
    bool Read();
}
