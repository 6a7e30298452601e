package cloud.wuye.device.command;

import org.eclipse.microprofile.graphql.Description;

/** What doing a thing twice would mean, and so whether it may be sent again. */
@Description("What doing a thing twice would mean, and so whether it may be sent again.")
public enum OpKind {
    @Description("Says how things shall be; twice is as good as once. Sent again until answered.")
    ABSOLUTE,
    @Description("Adds something. Sent again only because it carries a purchase number that a device takes once.")
    INCREMENTAL,
    @Description("A moment's act, like opening a door. Sent once, never late, never again.")
    MOMENTARY
}
