package cloud.wuye.platform.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A number that travels as a string. */
final class ExactCoercing implements Coercing<Object, String> {
    /** No exponent: "1e999999999" is ten bytes long and a gigabyte written out. */
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,40}(\\.\\d{1,20})?");

    private final String name;
    private final Function<String, Object> parser;
    private final Function<Object, String> printer;

    ExactCoercing(String name, Function<String, Object> parser, Function<Object, String> printer) {
        this.name = name;
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        return printer.apply(result);
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        Object parsed = input instanceof String || input instanceof Number ? parse(text(input)) : null;
        if (parsed == null) {
            throw new CoercingParseValueException("not a " + name);
        }
        return parsed;
    }

    @Override
    public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        Object parsed = null;
        if (input instanceof StringValue string) {
            parsed = parse(string.getValue());
        } else if (input instanceof IntValue whole) {
            parsed = parse(whole.getValue().toString());
        } else if (input instanceof FloatValue decimal) {
            parsed = parse(text(decimal.getValue()));
        }
        if (parsed == null) {
            throw new CoercingParseLiteralException("not a " + name);
        }
        return parsed;
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.newStringValue(printer.apply(input)).build();
    }

    private Object parse(String text) {
        if (!PLAIN.matcher(text).matches()) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static String text(Object number) {
        return number instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) <= 40
                ? decimal.toPlainString()
                : number.toString();
    }
}
