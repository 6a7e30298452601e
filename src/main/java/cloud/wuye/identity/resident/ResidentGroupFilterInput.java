package cloud.wuye.identity.resident;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which groups of residents to list; absent fields filter nothing. */
@Input("ResidentGroupFilterInput")
@Description("Which groups of residents to list; absent fields filter nothing.")
public record ResidentGroupFilterInput(@Description("Only those whose name contains this.") String name) {
    static final ResidentGroupFilterInput NONE = new ResidentGroupFilterInput(null);
}
