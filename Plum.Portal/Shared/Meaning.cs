namespace Plum.Portal.Shared;

/// <summary>What a colour may mean. There is no other use of colour but the accent.</summary>
public enum Meaning
{
    None = 0,
    Good = 1,
    Warn = 2,
    Bad = 3,
    Info = 4,
}
