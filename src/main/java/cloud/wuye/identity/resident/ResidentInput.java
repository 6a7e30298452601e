package cloud.wuye.identity.resident;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A resident as staff write them down. */
@Input("ResidentInput")
@Description("A resident as staff write them down; what is absent is not known.")
public record ResidentInput(
        @NonNull @NotBlank @Size(max = 60) @Description("Name as people read it.") String name,
        @Pattern(regexp = "\\+?[0-9](?:[ -]?[0-9]){4,19}")
                @Description("Telephone number, unique in the company; spaces and dashes do not count.")
                String phone,
        @Email @Size(max = 255) @Description("E-mail address.") String email,
        @NonNull @NotNull @Description("As what they stand in the company's books.") ResidentKind kind,
        @Size(max = 500) @Description("A note for staff; the resident does not see it.") String note) {

    /** The telephone number as it is kept: one number, one text. */
    String bareNumber() {
        return phone == null ? null : phone.replaceAll("[ -]", "");
    }
}
