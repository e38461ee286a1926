export { clientOptions } from '../../kafka/connection.js';
export { describeKafkaError } from '../../kafka/fault.js';
