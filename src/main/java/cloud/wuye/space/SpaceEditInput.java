package cloud.wuye.space;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** What may be edited of a space; absent fields stay as they are. */
@Input("SpaceEditInput")
@Description("What may be edited of a space. Absent fields stay as they are.")
public record SpaceEditInput(
        @Size(max = 100)
                @Pattern(regexp = ".*\\S.*")
                @Description("The new name, 1 to 100 characters, unique under its parent.")
                String name,
        @Description("The new place among its siblings, smallest first.") Integer position) {}
