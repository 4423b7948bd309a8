namespace Plum.Portal.Imports;

/// <summary>Kinds of fault, as they stand after a number.</summary>
public static class ImportFaultWords
{
    public static string Of(string code) =>
        code switch
        {
            "import.ragged" => "with too few or too many columns",
            "import.quote-open" or "import.quote-text" => "with a stray quotation mark",
            "import.row-long" => "longer than any row should be",
            "import.date" => "with a date that cannot be read",
            "import.future" => "with a date in the future",
            "import.value" => "with a value that is none of ours",
            "import.category" => "with a category that is none of ours",
            "import.missing" => "with something missing",
            "import.order" => "whose dates contradict each other",
            "import.unresolved" => "final without a resolved date",
            "import.still-open" => "open with a resolved date",
            "import.too-long" => "with a text that is too long",
            "import.csat" => "with a score that is none",
            "import.order-form" or "import.order-unknown" => "with an order that is not found",
            "import.known-reference" => "that are tickets already",
            "import.reference-twice" => "whose reference comes twice",
            _ when code.StartsWith("recipient", StringComparison.Ordinal) => "with an address of the recipient that cannot be right",
            _ => $"({code})",
        };
}
