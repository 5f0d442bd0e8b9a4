import { type Serializer, type SerializerFactory, SerializerSelector } from "@fastify/fast-json-stringify-compiler";

/**
 * Serializers as Fastify builds them, but one for each schema instead of one for each answer of each route, and not before
 * it is wanted: nearly all routes share the problem, many share what they answer, building one reads every shared schema
 * again, and nobody should wait for two hundred of them when the service starts.
 */
export function answerSerializers(): SerializerFactory {
  const factory = SerializerSelector();
  return (externalSchemas, options) => {
    const build = factory(externalSchemas, options);
    const built = new Map<string, Serializer>();
    return (answer) => {
      const key = JSON.stringify(answer.schema);
      const lazy: Serializer = (content) => {
        const serializer = built.get(key) ?? build(answer);
        built.set(key, serializer);
        return serializer(content);
      };
      return lazy;
    };
  };
}
