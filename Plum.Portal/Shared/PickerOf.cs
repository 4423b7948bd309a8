using Microsoft.AspNetCore.Components;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

public static class PickerOptions
{
    /// <summary>So many are offered at once; whoever wants another types more of its name.</summary>
    public const int Most = 10;
}

/// <summary>What every room's picker takes, and hands on to <see cref="Picker{T}"/>.</summary>
public abstract class PickerOf<T> : ComponentBase
    where T : class
{
    protected PickerOf(string label) => Label = label;

    [Parameter]
    public string Label { get; set; }

    [Parameter]
    public T? Value { get; set; }

    [Parameter]
    public EventCallback<T?> ValueChanged { get; set; }

    /// <inheritdoc cref="Picker{T}.ShowLabel" />
    [Parameter]
    public bool ShowLabel { get; set; } = true;

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>As the refusals name it.</summary>
    [Parameter]
    public string? Field { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }
}
