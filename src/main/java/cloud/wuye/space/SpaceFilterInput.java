package cloud.wuye.space;

import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which spaces a list shows; absent fields filter nothing. */
@Input("SpaceFilterInput")
@Description("Which spaces a list shows. Absent fields filter nothing; archived spaces are left out unless asked for.")
public record SpaceFilterInput(
        @Description("Only this kind.") String kind,
        @Id @Description("Only the direct children of this space.") UUID parentId,
        @Description("true: only spaces at the top of the tree.") Boolean roots,
        @Id @Description("Only this space and what stands below it, however deep.") UUID within,
        @Description("Only spaces whose name contains this text, whatever its case.") String text,
        @Description("true: archived spaces as well.") Boolean includeArchived) {
    static final SpaceFilterInput NONE = new SpaceFilterInput(null, null, null, null, null, null);
}
