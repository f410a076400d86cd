/** Whole numbers from 0 up, in an array that grows: 4 bytes each, where a list of JavaScript's takes 8 and up to three times that while it grows. */
export class Numbers {
  private array = new Uint32Array(1024)
  length = 0

  get all(): Uint32Array {
    return this.array.subarray(0, this.length)
  }

  push(number: number): void {
    this.reserve(1)
    this.array[this.length++] = number
  }

  append(numbers: Uint32Array | Int32Array): void {
    this.reserve(numbers.length)
    this.array.set(numbers, this.length)
    this.length += numbers.length
  }

  private reserve(more: number): void {
    if (this.length + more <= this.array.length) return
    const larger = new Uint32Array(Math.max(this.length + more, Math.ceil(this.array.length * 1.5)))
    larger.set(this.all)
    this.array = larger
  }
}
